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
  technology: ['Access', 'Any access'],
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

/** The states of a campaign. */
export const STATES = {
  receiving: 'taking its list', waiting: 'waiting for agents', planning: 'being planned', running: 'running', paused: 'paused', cancelled: 'cancelled', finished: 'finished', imported: 'imported',
};

/** What becomes of tasks. */
export const PROGRESS = {
  ok: 'played', failed: 'failed', other: 'otherwise done', expired: 'expired', cancelled: 'cancelled', running: 'running',
  none: (all) => `none of ${all} yet`, some: (ended, all) => `${ended} of ${all}: `,
};

export const MEASUREMENTS = { arrived: 'New measurements have come: a button above the list shows them.' };

export const CAMPAIGNS = {
  title: 'Campaigns', one: 'Campaign', back: '← Campaigns', make: 'New campaign',
  lead: 'A campaign has the agents of every ISP play the same videos.',
  none: 'No campaign yet: begin one here, or with “vidtomo submit URL…”.',
  unnamed: (id) => `Campaign ${id}`, since: (time) => `since ${time}`,
  imported: 'imported', unverified: 'unverified, from', task: 'task',
  compare: 'Compare its ISPs', all: 'All its measurements', latest: 'Latest measurements',
  why: 'To pause or cancel it, say who you are.',
  sure: 'Cancel this campaign for good? What was measured stays.',
};

export const NEW_CAMPAIGN = {
  lead: 'Agents play the same videos through every ISP. Nothing begins before you have seen what it would take.',
  why: 'To begin a campaign, say who you are.',
  which: 'Which videos', takes: 'What it takes', begin: 'Begin',
  urls: 'Addresses of videos, one a line; channels and playlists stand for their first videos',
  services: { '': 'these addresses', youtube: 'YouTube’s most popular', dailymotion: 'Dailymotion’s most popular' },
  frames: { today: 'today', week: 'this week', month: 'this month', all_time: 'of all time' },
  name: ['Name', 'how you will find it again'], service: ['Begin with'], timeFrame: ['Popular'],
  empty: 'Name videos first.', wrong: 'Something is not right yet, see what is marked.', reckoning: 'Reckoning…', signIn: 'Sign in to have it reckoned.',
  video: 'video', measurement: 'measurement', day: 'day', atMost: (bytes) => `${bytes} at most`, about: (time) => `about ${time}`, hours: (n) => `${n} h`,
  limited: (what) => `What limits it: ${what}.`, twice: (n) => `${n} are named twice and count once.`,
  missing: 'a number is missing', notNumber: 'not a number', between: (least, most) => `${least} to ${most}`,
};

/** The options of a campaign: name, hint, and what its choices are called. */
export const OPTIONS = {
  coverage: ['Each video is measured', '', { provider: 'once from every ISP', agent: 'once from every agent', any: 'once, from whichever agent is free' }],
  samples: ['Measurements of each'],
  providerFilter: ['Only these ISPs', 'separated by commas; empty: all'],
  startsPerMinute: ['Starts a minute', 'per video service and agent'],
  expiresMicros: ['Give up after'],
  related: ['Go on with related videos', 'as far as below: “Related videos”'],
  maxCrawledUrls: ['Videos in all', 'or as many as are named, if that is more'],
  maxRounds: ['Rounds'],
  maxPerUrl: ['Related videos of each', 'taken at random'],
  'parameters.relatedPerPage': ['Links read of each page'],
  seed: ['Seed of the sampling', 'empty: a random one'],
  loop: ['Begin again when all is done'],
  everyMicros: ['Begin every', 'empty: as soon as the last has ended'],
  'parameters.steps': ['Steps', '', { all: 'all', trace: 'up to the redirects', locate: 'only find the video' }],
  'parameters.downloadTimeMicros': ['Download at most'],
  'parameters.downloadBytes': ['and at most'],
  'parameters.pingPackets': ['Pings to each server'],
  'parameters.player': ['Player', '', { fixed: 'fixed quality', throughput: 'adapts to the speed', bola: 'adapts to the buffer (BOLA)' }],
  'parameters.quality': ['Quality', 'such as best<=720p'],
  'parameters.initialPlaybackMicros': ['Starts with', 'of video buffered'],
  'parameters.minPlayoutBufferMicros': ['Stops at'],
  'parameters.restartBufferMicros': ['Goes on above'],
  'parameters.resolvers': ['Resolvers', 'system and public addresses, 8 at most'],
  'parameters.addressFamily': ['Address family', '', { auto: 'as the system does', ipv4: 'IPv4', ipv6: 'IPv6' }],
  'parameters.http': ['Protocol', '', { auto: 'as agreed', 1.1: 'HTTP/1.1', 2: 'HTTP/2', 3: 'HTTP/3' }],
  'parameters.anonymous': ['Keep no public address'],
};

/** The questions that options answer. */
export const OPTION_GROUPS = { who: 'Who measures', related: 'Related videos', repeat: 'Repeat', each: 'Each measurement' };

export const AGENTS = {
  title: 'Agents', lead: 'Each runs on a volunteer’s machine. Their addresses are never shown.',
  caption: 'Enrolled agents, and where their latest measurements came from',
  columns: ['Agent', 'ISP', 'Network', 'Country', 'Access', 'Last measured'], more: ['State', 'May still spend', 'Software'], act: 'Revoke it',
  agent: 'agent', measured: (ago) => `measured ${ago}`, idle: 'nothing lately', none: 'No single agent to show.', notKnown: 'not known', notHeard: 'not heard', revoked: 'revoked',
  hidden: (agents, below) => `${agents} not shown one by one: where an ISP has fewer than ${below}, one might be known by it.`,
  revoke: 'Revoke', sure: (id) => `Revoke ${id}? Its reports are refused from then on.`,
};

export const INVITES = {
  title: 'Invite volunteers', make: 'Make an invite',
  uses: ['Machines'], expires: ['Good for'], provider: ['ISP', 'empty: they say it themselves'],
  spans: { '24h': 'a day', '7d': 'a week', '30d': 'a month' },
  once: 'Each volunteer runs this once, with your coordinator’s address:',
  made: (machines, time) => `For ${machines}, until ${time}. It is shown only now.`,
  machine: 'machine', caption: 'Invites that machines may still enrol with', columns: ['Invite', 'Machines', 'Until', 'ISP', 'Take it back'],
  any: 'as they say', none: 'No invite is open.', back: 'Take back', sure: 'Take this invite back? Machines that have enrolled with it stay.',
};

export const TOKEN = {
  in: 'Signed in', out: 'Sign in', label: 'Token', use: 'Use it', forget: 'Forget the token',
  may: { read: 'You may see all agents.', submit: 'You may submit and steer campaigns.', admin: 'You may do everything here.' },
  why: 'With a token you see and steer more.', where: 'A token stands in the coordinator’s directory (admin.token); it is forgotten when this tab is closed.',
  wrong: 'That is not a token of this coordinator.', wait: (seconds) => `Too many wrong tokens came from here: wait ${seconds} s, then try again.`,
  ended: 'The coordinator knows this token no more: sign in again.',
};

export const PAGE = {
  ways: 'Ways to compare', computing: 'Computing…', failed: 'That did not work', table: 'Show as table', numbers: 'These numbers',
  noView: 'No such view', noViewWhy: 'The address is wrong or old; begin with the', comparison: 'comparison',
  status: (status) => `The dashboard answered with status ${status}.`,
  unreachable: 'The dashboard cannot be reached: this page tries again as soon as it can.',
};
