// The other language takes along what is filled in and not yet sent. Without this script it takes
// what was sent, and so it does in a browser that lacks what the script needs.
const filled = document.querySelector("[data-case]");
const other = document.querySelector("[data-switch]");
if (filled && other && filled.requestSubmit) {
  other.addEventListener("click", (event) => {
    const button = document.createElement("button");
    button.name = "step";
    button.value = other.value || "start";
    button.formAction = other.dataset.switch;
    filled.append(button);
    filled.requestSubmit(button);
    button.remove();
    event.preventDefault();
  });
}
