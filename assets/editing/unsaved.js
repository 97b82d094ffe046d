// Whoever leaves a form with something typed and not saved is asked first. Without a script they
// are not.
(() => {
  const forms = document.querySelectorAll('#content form[method="post"]:not(#changelist-form)');
  if (!forms.length) return;

  const withoutToken = (form) => {
    const data = new FormData(form);
    data.delete("csrfmiddlewaretoken");
    return data;
  };
  const typed = () => [...forms].map((form) => new URLSearchParams(withoutToken(form))).join();
  // What came back with an error is saved nowhere, whatever is typed since.
  const refused = [...forms].some((form) => form.querySelector(".errorlist"));
  let saved;
  let submitted = false;

  // What is sent after the session has ended, or with the token of an earlier sign-in, is lost on
  // the way. So the page asks now and then, and whenever somebody comes back to it.
  const token = 'input[name="csrfmiddlewaretoken"]';
  const told = document.createElement("p");
  told.className = "errornote";
  told.setAttribute("role", "alert");
  const link = document.createElement("a");
  Object.assign(link, { href: "/admin/", target: "_blank", textContent: "Sign in in a new tab" });
  const look = async () => {
    const answer = await fetch("/admin/password_change/", { redirect: "manual" }).catch(() => null);
    if (!answer) return;
    if (answer.ok) {
      told.remove();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const newer = page.querySelector(`#content ${token}`);
      for (const form of newer ? forms : []) form.querySelector(token).value = newer.value;
    } else if (!told.isConnected) {
      told.replaceChildren("You are no longer signed in. Nothing typed here is lost. ", link);
      told.append(", then come back and save.");
      forms[0].prepend(told);
    }
  };
  window.addEventListener("focus", look);
  setInterval(look, 5 * 60 * 1000);

  const send = (event) => {
    submitted = !told.isConnected;
    if (submitted) return;
    event.preventDefault();
    told.scrollIntoView();
  };

  // Once Django's own scripts have arranged their fields.
  window.addEventListener("load", () => setTimeout(() => (saved = typed())));
  for (const form of forms) form.addEventListener("submit", send);
  window.addEventListener("beforeunload", (event) => {
    if (!submitted && (refused || (saved !== undefined && typed() !== saved))) {
      event.preventDefault();
    }
  });
})();
