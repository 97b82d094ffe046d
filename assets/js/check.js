// The other language takes along what is filled in and not yet sent. Without this script it takes
// what was sent, and so it does in a browser that lacks what the script needs.
const filled = document.querySelector("[data-case]");
const other = document.querySelector("[data-switch]");
if (filled && other && filled.requestSubmit) {
  other.addEventListener("click", (event) => {
    const button = document.createElement("button");
    button.name = "step";
    button.value = other.value || filled.dataset.case;
    button.formAction = other.dataset.switch;
    filled.append(button);
    filled.requestSubmit(button);
    button.remove();
    event.preventDefault();
  });
}

// A result is the answer to a form, and a browser that comes back to one asks whether to send it
// again. Here it asks for the questions instead. A professional's answers stay with this one place
// of the history, which sends them again by itself. The window's name, which is no answer, says
// that nobody pressed Exit since.
const shown = document.querySelector("[data-answers]");
const before = history.state;
const [arrival] = performance.getEntriesByType("navigation");
if (shown) {
  const keep = shown.dataset.answers === "keep";
  if (keep && !window.name) window.name = String(Math.random());
  const answers = keep ? [...new FormData(shown)] : [];
  history.replaceState(keep ? { answers, since: window.name } : null, "");
  addEventListener("pageshow", (event) => {
    if (event.persisted && keep && !window.name) location.reload();
  });
} else if (before && before.answers) {
  // Whoever follows a link to the check begins anew.
  if (window.name && before.since === window.name && arrival.type !== "navigate") {
    const form = document.createElement("form");
    form.method = "post";
    form.hidden = true;
    for (const [name, value] of before.answers) {
      const field = document.createElement("input");
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  } else {
    history.replaceState(null, "");
  }
} else if (filled && filled.elements.referrer && filled.elements.referrer.value === "self") {
  // Whoever said on the first page that they ask for themself comes back to the questions unasked.
  history.replaceState(null, "");
}
