// What the views take from Lit, and how they use it.

import { LitElement, html, noChange, nothing, render, svg } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import { repeat } from 'lit/directives/repeat.js';

export { html, nothing, render, repeat, svg };

/** An element whose content stands in the page itself: one style sheet, one outline of headings. */
export class Element extends LitElement {
  createRenderRoot() {
    return this;
  }
}

class Place extends Directive {
  render() {
    return noChange;
  }

  update(part, [values]) {
    for (const [name, value] of Object.entries(values)) part.element.style.setProperty(`--${name}`, value);
    return noChange;
  }
}

/** CSS variables of an element. A style attribute would be refused by the page's policy. */
export const vars = directive(Place);
