// Whoever leaves a form with something typed and not saved is asked first. Without a script they
// are not.
(() => {
  const forms = document.querySelectorAll('#content form[method="post"]:not(#changelist-form)');
  if (!forms.length) return;

  const typed = () => [...forms].map((form) => new URLSearchParams(new FormData(form))).join();
  // What came back with an error is saved nowhere, whatever is typed since.
  const refused = [...forms].some((form) => form.querySelector(".errorlist"));
  let saved;
  let submitted = false;

  // Once Django's own scripts have arranged their fields.
  window.addEventListener("load", () => setTimeout(() => (saved = typed())));
  for (const form of forms) form.addEventListener("submit", () => (submitted = true));
  window.addEventListener("beforeunload", (event) => {
    if (!submitted && (refused || (saved !== undefined && typed() !== saved))) {
      event.preventDefault();
    }
  });
})();
