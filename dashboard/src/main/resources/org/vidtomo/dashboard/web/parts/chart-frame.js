// A chart: ECharts on a canvas, with a sentence for those who cannot see it. The library is fetched
// when the first chart is drawn. What it is given is text: names go through plain(), no HTML is made.

import { Element, html, nothing } from '../lit.js';

// ECharts clears its element by an empty text; nothing else may ever become HTML.
globalThis.trustedTypes?.createPolicy('default', {
  createHTML: (text) => {
    if (text === '') return text;
    throw new TypeError('no HTML is made from text');
  },
});

/** Line styles, told apart by colour and by stroke. */
export const STROKES = ['solid', [7, 4], [2, 3], [12, 4, 2, 4], [14, 4], [5, 2], [2, 2, 8, 2], [1, 4]];
export const SERIES = 8;

/** The colours of the present theme. */
function colours(element) {
  const probe = element.querySelector('.probe');
  const read = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  return {
    ink: read('ink'), soft: read('soft'), line: read('line'), card: read('card'), bad: read('bad'), stall: read('stall'),
    series: Array.from({ length: SERIES }, (_, i) => read(`series-${i + 1}`)),
  };
}

function styled(option, { ink, soft, line, card }) {
  const axis = (given) => ({
    ...given,
    nameLocation: 'middle', nameTextStyle: { color: soft, fontSize: 12 },
    axisLine: { lineStyle: { color: line } }, axisTick: { lineStyle: { color: line } },
    axisLabel: { color: soft, fontSize: 12, hideOverlap: true, ...given.axisLabel }, splitLine: { lineStyle: { color: line, width: 1 }, ...given.splitLine },
  });
  const all = (axes, draw) => (Array.isArray(axes) ? axes.map(draw) : draw(axes));
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink },
    ...option,
    xAxis: all(option.xAxis, axis), yAxis: all(option.yAxis, axis),
    tooltip: {
      renderMode: 'richText', confine: true, backgroundColor: card, borderColor: line, textStyle: { color: ink, fontSize: 13 },
      axisPointer: { lineStyle: { color: soft }, label: { show: false } }, ...option.tooltip,
    },
  };
}

class ChartFrame extends Element {
  static properties = { option: { attribute: false }, label: { type: String }, height: { type: Number } };

  constructor() {
    super();
    this.height = 320;
    this.redraw = () => this.#draw();
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('vidtomo-theme', this.redraw);
    this.sizes = new ResizeObserver(() => this.chart?.resize());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('vidtomo-theme', this.redraw);
    this.sizes.disconnect();
    this.chart?.dispose();
    this.chart = undefined;
  }

  render() {
    return html`<div class="canvas" role="img" aria-label=${this.label ?? nothing}></div><span class="probe" hidden></span>`;
  }

  updated() {
    this.#draw();
  }

  async #draw() {
    const place = this.querySelector('.canvas');
    if (!place || !this.option) return;
    place.style.height = `${this.height}px`;
    const { init } = await import('echarts');
    if (!this.isConnected) return;
    if (!this.chart) {
      this.chart = init(place, null, { renderer: 'canvas' });
      this.sizes.observe(place);
    }
    const palette = colours(this);
    const narrow = place.clientWidth < 480;
    this.chart.resize();
    this.chart.setOption(styled({ ...this.option(palette, narrow) }, palette), { notMerge: true });
    this.dataset.drawn = String(Number(this.dataset.drawn ?? 0) + 1);
  }
}

customElements.define('chart-frame', ChartFrame);
