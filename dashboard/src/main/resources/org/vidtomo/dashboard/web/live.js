// Server-sent events: one connection for the page, which comes back by itself.

const NAMES = ['measurement', 'progress', 'beat'];

/** A server that says how often it is heard is waited for 2.4 times as long: a connection that was
 * cut without a word is not heard. */
const SILENCE_MILLIS = 12_000;
const SILENCE_BEATS = 2.4;
const SILENCE_LEAST_MILLIS = 1_000;
const AGAIN_MILLIS = 3_000;

/** What a connection may take to open. A browser may first try six that it kept, and that lead
 * nowhere any more; then it may be the line that is slow. */
const OPENING_MILLIS = 5_000;
const KEPT = 6;
const OPENING_SLOWLY_MILLIS = 20_000;

const listeners = new Map();
let source = null;
let status = () => {};
let state;
let opened = false;
let tries = 0;
let patience = SILENCE_MILLIS;
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

/** A state is told once: what is said again would be read aloud again. */
function become(now) {
  if (now === state) return;
  state = now;
  status(now);
}

function hear(name, event) {
  expect(patience);
  let data;
  try {
    data = JSON.parse(event.data);
  } catch {
    return;
  }
  if (data.everyMillis > 0) patience = Math.max(SILENCE_LEAST_MILLIS, SILENCE_BEATS * data.everyMillis);
  tell(name, data);
}

/** Begins anew if nothing is heard for so long. */
function expect(millis) {
  clearTimeout(silence);
  silence = setTimeout(() => reopen(0), millis);
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
  become('paused');
}

function reopen(millis) {
  const old = source;
  old?.close();
  become('waiting');
  clearTimeout(silence);
  silence = setTimeout(() => old === source && source !== null && open(), millis);
}

function open() {
  if (source && source.readyState !== EventSource.CLOSED) return;
  const own = new EventSource('/api/v1/events');
  source = own;
  expect(++tries > KEPT ? OPENING_SLOWLY_MILLIS : OPENING_MILLIS);
  own.onopen = () => {
    if (own !== source) return;
    become('live');
    tries = 0;
    expect(patience);
    if (opened) tell('again');
    opened = true;
  };
  own.onerror = () => {
    if (own !== source) return;
    become('waiting');
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
