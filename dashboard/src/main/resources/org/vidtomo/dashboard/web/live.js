// Server-sent events: one connection for the page, which comes back by itself.

const listeners = new Map();
let source = null;
let status = () => {};
let opened = false;

/** Calls back for each event of a name until the returned function is called.
 * 'again' tells that the connection came back, and that events may have been missed. */
export function on(name, callback) {
  if (!listeners.has(name)) listeners.set(name, new Set());
  listeners.get(name).add(callback);
  return () => listeners.get(name).delete(callback);
}

function tell(name, data) {
  for (const callback of listeners.get(name) ?? []) callback(data);
}

function hear(name, event) {
  let data;
  try {
    data = JSON.parse(event.data);
  } catch {
    return;
  }
  tell(name, data);
}

/** Connects while the page can be seen, and tells how that goes in words. */
export function connect(report) {
  status = report;
  // A browser keeps six connections to a host: hidden pages must not hold them all.
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => event.persisted && open());
  if (!document.hidden) open();
}

function close() {
  source?.close();
  source = null;
  status('waiting', 'Paused');
}

function open() {
  if (source && source.readyState !== EventSource.CLOSED) return;
  const own = new EventSource('/api/v1/events');
  source = own;
  own.onopen = () => {
    status('live', 'Live');
    if (opened) tell('again');
    opened = true;
  };
  own.onerror = () => {
    if (own !== source) return;
    status('waiting', 'Reconnecting…');
    // A browser gives up when a proxy or a full server answers with an error.
    if (own.readyState === EventSource.CLOSED) setTimeout(() => own === source && open(), 5000);
  };
  for (const name of ['measurement', 'progress']) own.addEventListener(name, (event) => hear(name, event));
}

/** At most one call in so many milliseconds, the last one never lost. */
export function throttle(millis, action) {
  let timer = null;
  let again = false;
  const run = () => {
    if (timer) {
      again = true;
      return;
    }
    action();
    timer = setTimeout(() => {
      timer = null;
      if (again) {
        again = false;
        run();
      }
    }, millis);
  };
  run.cancel = () => {
    clearTimeout(timer);
    again = false;
  };
  return run;
}
