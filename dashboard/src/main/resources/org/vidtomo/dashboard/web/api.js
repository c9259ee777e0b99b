// The dashboard's own API. No other host is ever asked.

/** JSON of a path, with parameters that have a value. */
export async function get(path, parameters = {}, signal = undefined) {
  const query = new URLSearchParams(
    Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== ''));
  const url = query.size > 0 ? `/api/v1/${path}?${query}` : `/api/v1/${path}`;
  const response = await fetch(url, { headers: { accept: 'application/json' }, signal });
  if (response.ok) return response.json();
  throw new Error(await reason(response));
}

async function reason(response) {
  try {
    const problem = await response.json();
    return `${problem.title}: ${problem.detail}`;
  } catch {
    return `the dashboard answered with status ${response.status}`;
  }
}
