// Light or dark: what the system prefers, until the button says otherwise; light on paper.
const systemTheme = window.matchMedia('(prefers-color-scheme: dark)');
const themeFollowers = [];
let chosenTheme = null;

function applyTheme(forced) {
  const theme = forced || chosenTheme || (systemTheme.matches ? 'dark' : 'light');
  document.documentElement.dataset.theme = theme;
  document.getElementById('theme').setAttribute('aria-pressed', String(theme === 'dark'));
  for (const follow of themeFollowers) follow(theme);
}

// Tells the theme now and whenever it changes.
function onTheme(follow) {
  themeFollowers.push(follow);
  follow(document.documentElement.dataset.theme);
}

document.getElementById('theme').addEventListener('click', () => {
  chosenTheme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  applyTheme();
});
systemTheme.addEventListener('change', () => applyTheme());
window.addEventListener('beforeprint', () => applyTheme('light'));
window.addEventListener('afterprint', () => applyTheme());
applyTheme();
