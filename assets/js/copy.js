// Copies a text; without a script, or where the browser does not let it, it can be marked by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const copied = document.getElementById(button.dataset.copy).innerText;
    await navigator.clipboard.writeText(copied);
    button.nextElementSibling.textContent = button.dataset.copied;
  });
}
