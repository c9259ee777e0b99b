// The dashboard's own API. No other host is ever asked.

import { fill } from './format.js';
import { on, throttle } from './live.js';
import { say } from './say.js';
import { PAGE } from './texts.js';

const REFRESH_MILLIS = 3000;
const RETRY_MILLIS = 5000;
const TOKEN = 'token';

/** Of a connection that was cut without a word no answer ever comes. */
const ANSWER_MILLIS = 20_000;

/** The administrator's token, for as long as the tab is open. */
export const token = {
  get: () => sessionStorage.getItem(TOKEN) ?? '',
  set: (value) => (value ? sessionStorage.setItem(TOKEN, value) : sessionStorage.removeItem(TOKEN)),
};

/** A problem (RFC 9457) that was answered. */
export class Problem extends Error {
  constructor(status, problem, retryAfter) {
    super(problem?.detail ? `${problem.title}: ${problem.detail}` : problem?.title ?? fill(PAGE.status, status));
    this.status = status;
    this.errors = problem?.errors ?? [];
    this.retryAfter = retryAfter;
  }
}

/** The address of an answer; parameters without a value are left out. */
export function address(path, parameters = {}) {
  const query = new URLSearchParams(
    Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== ''));
  return query.size > 0 ? `/api/v1/${path}?${query}` : `/api/v1/${path}`;
}

async function send(method, path, { parameters, body, signal, bearer = token.get() } = {}) {
  const headers = { accept: 'application/json' };
  if (bearer) headers.authorization = `Bearer ${bearer}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  const patience = AbortSignal.timeout(ANSWER_MILLIS);
  const limit = signal ? AbortSignal.any([signal, patience]) : patience;
  let response;
  let text;
  try {
    response = await fetch(address(path, parameters), { method, headers, signal: limit, body: body === undefined ? undefined : JSON.stringify(body) });
    text = await response.text();
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem(0, { title: PAGE.unreachable });
  }
  if (response.status === 401 && bearer) {
    if (token.get() === bearer) token.set('');
    dispatchEvent(new Event('vidtomo-token-refused'));
    // A token that was taken back must not hide what everybody may see.
    if (method === 'GET' && !path.startsWith('admin/')) return send(method, path, { parameters, body, signal, bearer: '' });
  }
  let answer;
  try {
    answer = text ? JSON.parse(text) : undefined;
  } catch {
    answer = undefined;
  }
  if (!response.ok) throw new Problem(response.status, answer, Number(response.headers.get('retry-after')) || 0);
  return answer;
}

export const get = (path, parameters, signal) => send('GET', path, { parameters, signal });
export const post = (path, body, options = {}) => send('POST', path, { ...options, body });
export const remove = (path) => send('DELETE', path);

/**
 * An answer that an element shows, and that is asked for again when something new was measured. What
 * is shown stays until the next has come, so that nothing flickers.
 *
 * live: whether measurements are reason to ask again, every: at most once in so many milliseconds.
 */
export class Answer {
  constructor(host, { live = true, every = REFRESH_MILLIS } = {}) {
    this.host = host;
    this.live = live;
    this.value = undefined;
    this.error = undefined;
    this.busy = false;
    this.refresh = throttle(every, () => this.#load());
    host.addController(this);
  }

  hostConnected() {
    this.offs = this.live ? [on('measurement', this.refresh), on('again', this.refresh)] : [on('again', this.refresh)];
    if (this.key && !this.value) this.#load();
  }

  hostDisconnected() {
    this.offs.forEach((off) => off());
    this.refresh.cancel();
    clearTimeout(this.retry);
    this.abort?.abort();
  }

  /** Asks, if that is another question than the last. Without a path there is nothing to ask. */
  ask(path, parameters) {
    const key = path ? address(path, parameters) : '';
    if (key === this.key) return;
    this.key = key;
    this.question = [path, parameters];
    this.value = path && this.path === path ? this.value : undefined;
    this.path = path;
    this.error = undefined;
    this.#load();
  }

  async #load() {
    clearTimeout(this.retry);
    this.abort?.abort();
    const [path, parameters] = this.question ?? [];
    if (!path) return;
    const own = new AbortController();
    this.abort = own;
    this.busy = true;
    this.host.requestUpdate();
    try {
      const value = await get(path, parameters, own.signal);
      if (own !== this.abort) return;
      this.value = value;
      // Who asked something else hears what came of it; who only looks on is left in peace.
      if (this.shownKey !== this.key) this.host.updateComplete.then(() => say(this.host.querySelector('.headline')?.textContent));
      this.shownKey = this.key;
      this.error = undefined;
    } catch (error) {
      if (error.name === 'AbortError' || own !== this.abort) return;
      this.error = error;
      if (error.status === 503 || error.status === 0) this.retry = setTimeout(() => this.#load(), error.retryAfter * 1000 || RETRY_MILLIS);
    }
    this.busy = false;
    this.host.requestUpdate();
  }

  /** Whether what is shown still answers an earlier question. */
  get stale() {
    return this.busy && this.shownKey !== this.key;
  }
}
