// Where the reader is: the address says it all, so that every view can be shared.

const listeners = new Set();

/** The present address. */
export const here = () => ({ path: location.pathname, query: Object.fromEntries(new URLSearchParams(location.search)) });

/** An address within the page; parameters without a value are left out. */
export function href(path, query = {}) {
  const given = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== ''));
  return given.size > 0 ? `${path}?${given}` : path;
}

/** Goes there. Another view begins at its top; another choice in the same view leaves reader and focus where they are. */
export function go(address, { replace = false } = {}) {
  const from = location.pathname;
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  tell(location.pathname !== from);
}

/** Changes some of the present view's parameters. */
export function choose(changes) {
  const { path, query } = here();
  go(href(path, { ...query, ...changes }));
}

/** Calls back with whether another view begins. */
export const onPlace = (callback) => listeners.add(callback);

const tell = (another) => listeners.forEach((callback) => callback(another));

addEventListener('popstate', () => tell(false));
document.addEventListener('click', (event) => {
  const anchor = event.target.closest?.('a[data-link]');
  if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
  event.preventDefault();
  go(anchor.getAttribute('href'));
});
