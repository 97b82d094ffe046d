// Printing is the browser's own; the button only saves the way to its menu, and needs a script.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
