// The metric and the grouping that an address asks for.

import { DIMENSIONS, METRICS } from '../texts.js';

export const metricOf = (query) => (METRICS[query.metric] ? query.metric : 'startup_delay');
export const dimensionOf = (query) => (DIMENSIONS[query.by] ? query.by : 'provider');
