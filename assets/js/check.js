// The other language takes along what is filled in and not yet sent. Without this script it takes
// what was sent.
const filled = document.querySelector("[data-case]");
const other = document.querySelector("[data-switch]");
if (filled && other) {
  other.addEventListener("click", (event) => {
    event.preventDefault();
    const step = document.createElement("input");
    step.type = "hidden";
    step.name = "step";
    step.value = other.value || "start";
    filled.append(step);
    filled.action = other.dataset.switch;
    filled.submit();
  });
}
