// Elements from data. What comes from the network only ever becomes text: nothing here parses HTML.

const SVG = 'http://www.w3.org/2000/svg';

/** An element; attributes whose value is null, undefined or false are left out. */
export function h(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function s(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key.startsWith('--')) element.style.setProperty(key, value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}

/** Text from outside, cut and kept from turning the direction of what stands around it. */
export function foreign(text, limit = 300) {
  const all = String(text ?? '');
  return h('bdi', { class: 'foreign', title: all.length > limit ? all.slice(0, 2000) : null },
    all.length > limit ? `${all.slice(0, limit)}…` : all);
}

/** Replaces what an element holds. */
export function show(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false));
}

/** A table: headings, and rows of cells that are nodes or text. */
export function table(caption, headings, rows) {
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h('table', {},
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, headings.map((text) => h('th', { scope: 'col' }, text)))),
      h('tbody', {}, rows.map((cells) => h('tr', {}, cells.map((cell, i) =>
        i === 0 ? h('th', { scope: 'row' }, cell) : h('td', {}, cell)))))));
}

/** A link within the page. */
export function link(path, ...children) {
  return h('a', { href: path, 'data-link': true }, ...children);
}
