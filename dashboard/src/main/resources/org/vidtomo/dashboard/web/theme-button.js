// Light or dark: as the system has it, until the reader chooses.

const button = document.getElementById('theme');
const systemDark = matchMedia('(prefers-color-scheme: dark)');

const dark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : systemDark.matches;
};

function tell() {
  button.setAttribute('aria-pressed', String(dark()));
  dispatchEvent(new Event('vidtomo-theme'));
}

button.addEventListener('click', () => {
  const next = dark() ? 'light' : 'dark';
  localStorage.setItem('theme', next);
  document.documentElement.dataset.theme = next;
  tell();
});
systemDark.addEventListener('change', tell);
tell();
