// Server-sent events: one connection for the page, which comes back by itself.

const NAMES = ['measurement', 'progress', 'beat'];

/** The server is heard every ten seconds; a connection that was cut without a word is not heard. */
const SILENCE_MILLIS = 25_000;
const AGAIN_MILLIS = 3_000;

const listeners = new Map();
let source = null;
let status = () => {};
let opened = false;
let silence;

/** Calls back for each event of a name until the returned function is called.
 * 'again' tells that the connection came back, and that events may have been missed. */
export function on(name, callback) {
  if (!listeners.has(name)) listeners.set(name, new Set());
  listeners.get(name).add(callback);
  return () => listeners.get(name).delete(callback);
}

function tell(name, data) {
  for (const callback of [...(listeners.get(name) ?? [])]) callback(data);
}

function hear(name, event) {
  listen();
  let data;
  try {
    data = JSON.parse(event.data);
  } catch {
    return;
  }
  tell(name, data);
}

function listen() {
  clearTimeout(silence);
  silence = setTimeout(() => reopen(0), SILENCE_MILLIS);
}

/** Connects while the page can be seen, and tells how that goes. */
export function connect(report) {
  status = report;
  // A browser keeps six connections to a host: hidden pages must not hold them all.
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => event.persisted && open());
  addEventListener('online', () => source && reopen(0));
  if (!document.hidden) open();
}

function close() {
  clearTimeout(silence);
  source?.close();
  source = null;
  status('paused');
}

function reopen(millis) {
  const old = source;
  old?.close();
  status('waiting');
  clearTimeout(silence);
  silence = setTimeout(() => old === source && source !== null && open(), millis);
}

function open() {
  if (source && source.readyState !== EventSource.CLOSED) return;
  const own = new EventSource('/api/v1/events');
  source = own;
  listen();
  own.onopen = () => {
    status('live');
    listen();
    if (opened) tell('again');
    opened = true;
  };
  own.onerror = () => {
    if (own !== source) return;
    status('waiting');
    // A browser gives up when a proxy or a full server answers with an error.
    if (own.readyState === EventSource.CLOSED) reopen(AGAIN_MILLIS);
  };
  for (const name of NAMES) own.addEventListener(name, (event) => own === source && hear(name, event));
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
    timer = null;
    again = false;
  };
  return run;
}
