// What things are called, in one place.

/** Metrics in plain words: name, the axis, and how the best and the worst are told apart. */
export const METRICS = {
  startup_delay: {
    name: 'starts in', axis: 'time from the click to the first picture',
    best: 'Video starts soonest with', worst: 'latest with', less: 'starts', unit: 'sooner',
  },
  stall_ratio: {
    name: 'stops while playing', axis: 'share of the time that the picture stands still',
    best: 'The picture stands still least with', worst: 'most with', less: 'stands still', unit: 'less',
  },
  goodput: {
    name: 'speed from the video server', axis: 'video data received, per second',
    best: 'Video data comes fastest with', worst: 'slowest with', less: 'is', unit: 'slower', higher: true,
  },
  rtt: {
    name: 'delay to it', axis: 'round-trip delay to the video server',
    best: 'The video server is nearest from', worst: 'farthest from', less: 'is', unit: 'nearer',
  },
  failure_ratio: {
    name: 'fails', axis: 'share of the videos that could not be fetched',
    best: 'Video fails least with', worst: 'most with', less: 'fails', unit: 'less',
  },
  time_to_first_byte: {
    name: 'first byte after', axis: 'time from the request to the first byte',
    best: 'The first byte comes soonest with', worst: 'latest with', less: 'answers', unit: 'sooner', more: true,
  },
  resolve_time: {
    name: 'name resolved in', axis: 'time to turn the server’s name into an address',
    best: 'Names are resolved fastest with', worst: 'slowest with', less: 'resolves', unit: 'sooner', more: true,
  },
  stall_count: {
    name: 'number of stops', axis: 'stops in one viewing',
    best: 'The picture stops least often with', worst: 'most often with', less: 'stops', unit: 'less often', more: true,
  },
  stalling_mos: {
    name: 'how stops are judged', axis: 'opinion score of stalling, 1.5 (bad) to 5 (no stop)',
    best: 'Stops are judged best with', worst: 'worst with', less: 'is judged', unit: 'lower', higher: true, more: true,
  },
};

export const DIMENSIONS = {
  provider: ['ISP', 'ISPs'],
  asn: ['network (AS)', 'networks (AS)'],
  cache: ['video server', 'video servers'],
  hour: ['hour of day (UTC)', 'hours of day (UTC)'],
};

export const OUTCOMES = {
  ok: 'played',
  failed: 'failed',
  blocked_by_service: 'blocked by the service',
  refused_by_policy: 'refused by the agent’s policy',
  expired: 'expired',
};

export const CANNOT_SAY =
  'A difference between ISPs may be one between tariffs, access technologies or Wi-Fi: the volunteers’ lines are not all alike, and not all tell what they are.';
