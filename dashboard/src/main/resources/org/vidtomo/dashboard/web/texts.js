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
  geo_blocked: 'not for this country', blocked_by_network: 'blocked by the network', data_cap: 'data used up', line_busy: 'line in use', private_address: 'private address',
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
  none: 'none of {} yet', some: '{} of {}: ',
};

export const MEASUREMENTS = {
  title: 'Measurements', lead: 'Each is one video, fetched and played once by one agent. Times are local to you.', arrived: 'New measurements have come: a button above the list shows them.', fresh: 'new measurement', show: '{}: show', older: 'Older ones', numbers: 'All of these',
};

export const CAMPAIGNS = {
  title: 'Campaigns', one: 'Campaign', back: '← Campaigns', make: 'New campaign',
  lead: 'A campaign has the agents of every ISP play the same videos.',
  none: 'No campaign yet: begin one here, or with “vidtomo submit URL…”.',
  unnamed: 'Campaign {}', since: 'since {}',
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
  video: 'video', measurement: 'measurement', day: 'day', atMost: '{} at most', about: 'about {}', hours: '{} h',
  limited: 'What limits it: {}.', twice: '{} are named twice and count once.',
  missing: 'a number is missing', notNumber: 'not a number', between: '{} to {}',
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
  columns: ['Agent', 'ISP', 'Network', 'Country', 'Access', 'Last measured'], more: ['State', 'May still spend', 'Software'], act: 'Decide',
  agent: 'agent', measured: 'measured {}', idle: 'nothing lately', none: 'No single agent to show.', notKnown: 'not known', notHeard: 'not heard', revoked: 'revoked',
  hidden: '{} not shown one by one: where an ISP has fewer than {}, one might be known by it.',
  flags: { impossible_rate: 'impossible rate', impossible_delay: 'impossible delay', contradicted_length: 'contradicted length', provider_contradicts_network: 'another ISP', contradicts_itself: 'contradicts itself', refused_reports: 'refused reports' },
  flagged: 'Left out of comparisons: {} reports, the latest {}.',
  revoke: 'Revoke', sure: 'Revoke {}? Its reports are refused from then on.',
  clear: 'Clear flags', sureToClear: 'Forget what {} is flagged for? Comparisons take it in again.', cleared: 'What {} was flagged for is forgotten; comparisons take it in within half a minute.',
};

export const INVITES = {
  title: 'Invite volunteers', make: 'Make an invite',
  uses: ['Machines'], expires: ['Good for'], provider: ['ISP', 'empty: they say it themselves'],
  spans: { '24h': 'a day', '7d': 'a week', '30d': 'a month' },
  once: 'Each volunteer runs this once, with your coordinator’s address:',
  made: 'For {}, until {}. It is shown only now.',
  machine: 'machine', caption: 'Invites that machines may still enrol with', columns: ['Invite', 'Machines', 'Until', 'ISP', 'Take it back'],
  any: 'as they say', none: 'No invite is open.', back: 'Take back', sure: 'Take this invite back? Machines that have enrolled with it stay.',
};

export const TOKEN = {
  in: 'Signed in', out: 'Sign in', label: 'Token', use: 'Use it', forget: 'Forget the token',
  may: { read: 'You may see all agents.', submit: 'You may submit and steer campaigns.', admin: 'You may do everything here.' },
  why: 'With a token you see and steer more.', where: 'A token stands in the coordinator’s directory (admin.token); it is forgotten when this tab is closed.',
  wrong: 'That is not a token of this coordinator.', wait: 'Too many wrong tokens came from here: wait {} s, then try again.',
  ended: 'The coordinator knows this token no more: sign in again.',
};

export const PAGE = {
  lines: 'Lines shown', leftOut: 'Left out: {}', mostlyFailed: 'mostly failed', mostlyFails: 'mostly fails', failedValue: 'failed', noIsp: 'ISP not known', cannotSay: 'What this cannot say:', counted: 'What is counted:', fromTo: '{} to {}', away: '{} away',
  ways: 'Ways to compare', computing: 'Computing…', failed: 'That did not work', table: 'Show as table', numbers: 'These numbers',
  noView: 'No such view', noViewWhy: 'The address is wrong or old; begin with the', comparison: 'comparison',
  status: 'The dashboard answered with status {}.',
  unreachable: 'The dashboard cannot be reached: this page tries again as soon as it can.',
};

/** What is counted. */
export const NOUNS = { agent: 'agent', cell: 'cell', hour: 'hour', measurement: 'measurement', stop: 'stop', time: 'time', video: 'video' };

export const PREFIXES = ['prefix', 'prefixes'];

/** Headings that several tables have. */
export const COLUMNS = {
  rank: 'Rank', mean: 'Mean', median: 'Median', interval: '95 % interval', best: 'Best 10 %', worst: 'Worst 10 %', cells: 'Cells', agents: 'Agents', prefixes: 'Prefixes', videos: 'Videos',
};

/** What a line or a row stands for. */
export const LINES = { provider: 'ISP', asn: 'Network' };

export const AGO = { now: 'just now', minutes: '{} min ago', hours: '{} h ago', days: '{} days ago' };

/** Between the last two of several. */
export const AND = ' and ';

export const FILTERING = {
  shown: 'What is shown', filters: 'Filters', some: 'Filters ({})', clearOne: 'Clear filter', clear: 'Clear {} filters', compare: 'Compare', what: 'What to compare', more: 'More to compare', rest: 'More…',
  from: 'From', to: 'Up to and with', without: 'Without {}',
};

export const OVERVIEW = {
  page: '{}: ranking', title: 'How video reaches people', lead: 'Volunteers’ agents play the same videos through different {}. Pick what matters to you.',
};

export const RANKING = {
  numbers: 'This comparison', how: 'How this is computed', computed: 'Computed {}.', none: 'No {} is surely better than another: {}.', more: 'and {} more', alone: '{}: nothing to compare yet.',
  same: 'No difference between {} ({}), in this small panel.', small: ', in this small panel.', caption: '{}, by {}',
  pairs: 'Two at a time, on the same videos in the same hours', differences: 'Differences: the first less the second', pairColumns: ['Pair', 'Difference', '95 % interval', 'p', 'Videos × hours', 'Why not more'], beside: '{} beside {}',
};

export const BARS = {
  shared: 'Others share this rank: the difference is not certain', tie: 'tie', measurements: 'Its measurements', mean: 'the mean', middle: 'the middle: half are less, half are more', sure: 'how sure that is (95 %)',
  mostAgents: '80 % of the agents', most: '80 % of what was measured', n: 'n = {} of {} in {}, {}', failed: '{} failed', little: 'not enough data', from: 'from {}; the worst 10 % failed',
};

export const SPREAD = {
  page: '{}: distribution', title: 'How it is spread: {}', lead: 'Each line tells which share of what an ISP’s agents measured is at or below a value.',
  right: 'Further right is better; steep means steady.', left: 'Further left is better; steep means steady.', chart: 'Cumulative distribution; the table below has the numbers',
  below: 'Lines that end below 100 % belong to ISPs with failures: what failed never got there. The longest 5 % may lie beyond the right edge.',
  numbers: 'These distributions', caption: '{}: reached by so many', alone: '{} measured.', point: '{} at or below {}',
  log: 'The axis is logarithmic: equal steps to the right are equally many times as much.', halfAtLeast: 'In half of the cases at least {} with {}, and {} with {}.', halfAtMost: 'In half of the cases at most {} with {}, and {} with {}.',
  atLeast: 'In 9 of 10 cases at least {} with {}, and {} with {}.', atMost: 'In 9 of 10 cases at most {} with {}, and {} with {}.',
};

export const SERIES = {
  page: '{}: over time', title: 'Over time: {}', steps: { hour: 'hour', day: 'day' }, anyStep: 'hour or day',
  lead: 'The middle of each {} in every {}, and around it the range of the middle 80 %. A gap means that nothing was measured for longer than usual.',
  point: 'Each point is', by: 'By {}', chart: 'Values over time; the table below has the numbers', bands: 'Bands are drawn for up to {} lines: leave some out to see them.', here: 'Here {}. Times are local to you.',
  numbers: 'These series', caption: '{} over time', first: '{} over time: the first {} of {} rows, the CSV has all',
};

export const HOURS = {
  days: { weekday: 'Day of the week', date: 'Date' }, clocks: { local: 'Local time of the agents', utc: 'UTC' },
  page: '{}: time of day', title: 'Time of day: {}', lead: 'Each square is one hour. Darker is worse: evenings show where a network is full.', rows: 'Rows and clock', all: 'All ISPs together',
  nothing: 'Nothing to show by this clock.', tryUtc: 'Try UTC: not every agent told its time zone.', table: 'Hours and days', caption: '{}{}; point at a square for its numbers', unit: ', in {}', seconds: 'seconds', day: 'Day', most: 'most', least: 'least', empty: 'empty: nothing measured',
  numbers: 'These hours', square: '{}: {} ({} of {})', failed: 'Most of it failed.', whom: 'with {}', one: 'Measured at {}:00 alone so far: {}{}.', same: 'No hour differs from the others{}: {}.', best: 'Best at {}:00 ({}), worst at {}:00 ({}){}.',
};

export const PAIR = {
  page: '{}: two ISPs', title: 'Two ISPs side by side', lead: 'Only videos that both fetched in the same hour count, so that neither has the easier ones.',
  first: 'First', second: 'Second', swap: 'Swap the two', takesTwo: 'It takes two ISPs with measurements that fit.', looking: 'Looking for ISPs…', none: '{} has no measurement that fits.',
  all: '{}, all of it', difference: 'typical difference', sure: 'that is sure (95 %)', luck: 'chance of it by luck', common: 'videos × hours in common', nothing: 'They have no video and hour in common.', each: 'Video by video',
  more: '{} with fewer hours in common; the CSV has them.', moreVideos: 'more video', hours: 'in {}', numbers: 'These two', fails: 'fails',
  little: 'Not enough in common to tell {} from {}.', unsure: 'On the same videos {} {} than {}, but there is not enough to be sure.', than: 'On the same videos {} {} than {}.', same: 'No sure difference between {} and {} on the same videos.',
  caption: 'Medians of each on each video', video: 'Video', columns: ['Difference', 'Hours', 'Agents'],
};

export const VIDEOS = {
  page: '{}: one video', title: 'One video across ISPs', lead: 'The same video, as it reached people through each ISP.', latest: 'Its latest measurements', none: 'No video fits.',
  choose: 'Choose another video', order: 'Those with the most measurements first. The filters above restrict this list, too.', more: 'More videos', numbers: 'These videos', last: 'latest {}',
};

export const CACHES = {
  of: { asn: ['Networks (AS)', 'network (AS)'], site: ['Sites', 'site'], host: ['Servers', 'server'] },
  title: 'Which servers bring the video', lead: 'Video comes from caches: some inside the ISP’s network, some abroad. Nearer ones answer sooner.', by: 'Servers by', table: 'Servers by ISP',
  caption: 'Share of each ISP’s measurements that each {} serves, and the median delay to it', more: '{} more serve less; the CSV has all.', numbers: 'These servers', noDelay: 'delay not known', whom: 'Who serves whom.',
  mostly: '{} mostly gets it from {}, {} away',
};

export const NAMES = {
  title: 'Who answers for names', lead: 'A resolver turns the video server’s name into an address. A fast answer helps little if it leads to a server far away.', table: 'Resolvers by ISP',
  caption: 'How far the server is that each resolver leads to, and how soon it answers: medians, each agent weighing the same', all: 'All', numbers: 'These resolvers',
  farther: '▲ {} farther', nearer: '▼ {} nearer', silent: 'no answer', answers: 'answers in {}', fail: '{} fail', what: 'What each resolver answers.',
  asNear: 'Other resolvers lead to servers as near as the ISPs’ own do.', nearest: 'The ISPs’ own resolvers lead to nearer servers ({} away) than {} does ({}).',
  columns: ['Resolver', 'Answers in', 'Delay to its server', 'Same address as the ISP’s', 'Same network', 'Fails', 'Measurements', 'Agents'],
};

export const FAILING = {
  page: 'Failures by kind', title: 'What fails, and how', lead: 'Some failures are the network’s, some the video service’s. Only what the ISP may have caused counts against it.',
  bars: 'Bars are shares of all measurements and end at {}; hatched: does not count against the ISP.', numbers: 'These failures', other: 'other', n: '{} of {} played, {} failed in ways that count',
  none: 'Nothing failed in ways that count.', one: '{} of the videos fail with {}.', same: '{} of the videos fail with {} and with the others.', least: 'Video fails least with {} ({}), most with {} ({}).',
  yes: 'yes', no: 'no', columns: ['What', 'While', 'Whose', 'Counts against it', 'Measurements', 'Share', 'Agents'],
};

export const MEASUREMENT = {
  page: 'A measurement', back: '← Measurements', agent: 'agent {}', video: 'this video across ISPs', startsIn: 'starts in {}', notCounted: 'This report is kept but does not count:', counted: 'another of the same task does.',
  failure: '{} at {}: {}', raw: 'The whole report as data', short: '; long lists are left out here.',
};

/** What is told of a measurement first. */
export const FACTS = {
  start: 'starts in', stops: 'stops', none: 'none', speed: 'speed', needs: 'the video needs', firstByte: 'first byte after', nearest: 'nearest server', received: 'received',
};

export const HOPS = {
  way: 'The way to the video', one: 'One request, {} in all.', many: '{} requests, one after another, {} in all.', proxy: 'through a proxy', silent: 'no answer',
  phases: { resolve: 'name resolved', connect: 'connected', tls: 'TLS agreed', processing: 'server answered', transfer: 'body received' },
};

export const PLAYING = {
  title: 'Receiving and playing', speed: 'Speed', needs: 'dashed: what the video needs, {}', speedChart: 'Speed over time; the table below has the numbers', buffer: 'Video ahead of the picture',
  shaded: 'shaded: the picture stands still', bufferChart: 'Buffered video over time; the table below has the numbers', received: 'Only received, not played.',
  stops: 'The picture stands still {}, {} in all: {} of the viewing.', steady: 'The picture never stands still once it plays.', limited: 'A limit ended the session before the video did.', starts: 'playing starts',
  caption: 'Speed up to each time, and video ahead of the picture', columns: ['After', 'Speed', 'Ahead'],
};

export const ANSWERED = {
  resolvers: 'What the resolvers answer', caption: 'Each server’s addresses at each resolver, and for how long they may be kept', server: 'Server', in: 'answered in {}', kept: '✓ for {} s',
  delay: 'Delay to the servers', delays: 'Round-trip delays', columns: ['Server', 'Packets', 'least', 'mean', 'most', 'came back'], back: '{} of {}', lost: '{} of {} ({} lost)',
};
