// What things are called, in one place.

/** Metrics in plain words: name, what it is, and how the best and the worst are told apart. */
export const METRICS = {
  startup_delay: {
    name: 'Starts in', axis: 'time from the click to the first picture', better: 'less is better',
    best: 'Video starts soonest with', worst: 'latest with', less: 'starts {} sooner', further: 'starts {} later',
  },
  stall_ratio: {
    name: 'Stops while playing', axis: 'share of the viewing time in which the picture stands still', better: 'less is better',
    best: 'The picture stands still least with', worst: 'most with', less: 'stands still {} less', further: 'stands still {} more',
  },
  goodput: {
    name: 'Speed from the video server', axis: 'video data received per second', better: 'more is better', higher: true,
    best: 'Video data comes fastest with', worst: 'slowest with', less: 'is {} slower', further: 'is {} faster',
  },
  rtt: {
    name: 'Delay to it', axis: 'round-trip delay to the video server', better: 'less is better',
    best: 'The video server is nearest with', worst: 'farthest with', less: 'is {} nearer', further: 'is {} farther',
  },
  failure_ratio: {
    name: 'Fails', axis: 'share of the videos that could not be fetched', better: 'less is better',
    best: 'Video fails least with', worst: 'most with', less: 'fails {} less', further: 'fails {} more',
  },
  time_to_first_byte: {
    name: 'First byte after', axis: 'time from the request to the first byte of video', better: 'less is better',
    best: 'The first byte comes soonest with', worst: 'latest with', less: 'answers {} sooner', further: 'answers {} later', rare: true,
  },
  resolve_time: {
    name: 'Name resolved in', axis: 'time to turn the server’s name into an address', better: 'less is better',
    best: 'Names are resolved fastest with', worst: 'slowest with', less: 'resolves {} sooner', further: 'resolves {} later', rare: true,
  },
  stall_count: {
    name: 'Number of stops', axis: 'stops in one viewing', better: 'less is better',
    best: 'The picture stops least often with', worst: 'most often with', less: 'stops {} times less', further: 'stops {} times more', rare: true,
  },
  stalling_mos: {
    name: 'How stops are judged', axis: 'opinion score of stalling, from 1.5 (bad) to 5 (no stop)', better: 'more is better', higher: true,
    best: 'Stops are judged best with', worst: 'worst with', less: 'is judged {} lower', further: 'is judged {} higher', rare: true,
  },
};

/** What is compared: one, many. */
export const DIMENSIONS = {
  provider: ['ISP', 'ISPs'],
  asn: ['network (AS)', 'networks (AS)'],
  cache: ['video server', 'video servers'],
  hour: ['hour of day (UTC)', 'hours of day (UTC)'],
};

/** The comparing views: address, what the tab says, and what the browser's title says. */
export const TABS = {
  overview: ['/', 'Ranking'],
  distribution: ['/distribution', 'Distribution'],
  series: ['/series', 'Over time'],
  hours: ['/hours', 'Time of day'],
  pair: ['/pair', 'Two ISPs'],
  videos: ['/videos', 'One video'],
  caches: ['/caches', 'Video servers'],
  resolvers: ['/resolvers', 'Resolvers'],
  failures: ['/failures', 'Failures'],
};

/** Filters: what each is called, and what it says when it restricts nothing. */
export const FILTERS = {
  time: ['Time', 'Last 30 days'],
  campaign: ['Campaign', 'All campaigns'],
  service: ['Video service', 'All services'],
  country: ['Country', 'All countries'],
  asn: ['Network (AS)', 'All networks'],
  technology: ['Access', 'All kinds of access'],
  family: ['Address family', 'IPv4 and IPv6'],
  provider: ['ISP', 'All ISPs'],
  video: ['Video', 'All videos'],
  cache: ['Video server', 'All servers'],
};

export const SPAN_NAMES = {
  '24h': 'Last 24 hours', '7d': 'Last 7 days', '30d': 'Last 30 days', '90d': 'Last 90 days', '365d': 'Last year', all: 'All its time', custom: 'From … to …',
};

export const VALUES = {
  family: { ipv4: 'IPv4', ipv6: 'IPv6' },
  technology: { fibre: 'Fibre', cable: 'Cable', dsl: 'DSL', mobile: 'Mobile', satellite: 'Satellite', fixed_wireless: 'Fixed wireless' },
  service: { youtube: 'YouTube', dailymotion: 'Dailymotion', peertube: 'PeerTube', page: 'Web pages', file: 'Files', hls: 'HLS', dash: 'DASH', rtmp: 'RTMP' },
};

export const OUTCOMES = {
  ok: 'played',
  failed: 'failed',
  blocked_by_service: 'blocked by the service',
  refused_by_policy: 'refused by the agent’s policy',
  expired: 'expired',
};

export const LIVE = { live: 'Live', waiting: 'Reconnecting…', paused: 'Paused' };

export const NOTHING_YET = 'No measurement fits yet. They appear here as they come in.';

export const CANNOT_SAY =
  'A difference between ISPs may be one between tariffs, kinds of access or Wi-Fi: the volunteers’ lines are not all alike, and not all tell what they are.';

export const WORDS =
  'A cell is what one agent measured of one video in one hour; it counts once, however often it was measured. A prefix is a neighbourhood of addresses: agents in several are less likely to share one fault.';

export const LIKE_WITH_LIKE = 'Choose one kind of access above to compare like with like.';

export const RESOLVERS = {
  system: 'the ISP’s own', '8.8.8.8': 'Google', '8.8.4.4': 'Google', '1.1.1.1': 'Cloudflare', '9.9.9.9': 'Quad9', '208.67.220.220': 'OpenDNS', '208.67.222.222': 'OpenDNS',
};

export const CAUSES = { network: 'the network', service: 'the service', policy: 'the agent’s owner' };

export const FAILURES = {
  dns_nxdomain: 'name does not exist', dns_timeout: 'name: no answer', dns_failed: 'name: refused', connection_refused: 'connection refused', connection_reset: 'connection broken off',
  connect_timeout: 'no connection in time', http_status: 'server answers with an error', media_not_found: 'no video found', body_truncated: 'video cut short', deadline: 'took too long',
  geo_blocked: 'not for this country', blocked_by_network: 'blocked by the network', data_cap: 'data used up', private_address: 'private address',
};

export const LIMITS = {
  starts_per_minute: 'how many measurements may start each minute', measurement_time: 'how long each measurement takes', byte_budget: 'what the agents may spend',
};

export const STEER = { pause: 'Pause', resume: 'Resume', cancel: 'Cancel' };
