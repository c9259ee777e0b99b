// What a screen reader is to read aloud: what came of the reader's own doing, once. What changes by
// itself is for those who look at it; read aloud each second, nobody could use the page.

const place = document.getElementById('said');

export function say(text) {
  if (text) place.textContent = text.replace(/\s+/g, ' ').trim();
}
