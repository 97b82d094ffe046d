// A page that comes back with a problem begins at it, in view and read aloud.
document.querySelector(".govuk-error-summary")?.focus();
