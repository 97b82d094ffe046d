// Leaves at once: blanks the page, and takes it out of the history that Back goes through.
// Without this script the link still leaves; only Back would return.
const link = document.querySelector("[data-exit]");
const SHIFTS = 3;
const WITHIN = 5000;

// First leave, then tidy up: whatever this browser lacks, the way out is the link's own.
function exit(event) {
  location.replace(link.href);
  event.preventDefault();
  // The referral check shows no earlier result again in this window.
  window.name = "";
  document.title = "\u00a0";
  document.body.textContent = "";
}

link.addEventListener("click", exit);

let shifts = [];
document.addEventListener("keydown", (event) => {
  if (event.repeat) return;
  const now = Date.now();
  shifts = event.key === "Shift" ? [...shifts.filter((at) => now - at < WITHIN), now] : [];
  if (shifts.length >= SHIFTS) exit(event);
});
