// Django's suggestion of an address drops letters that it does not know: ŵ and ŷ keep their base.
window.addEventListener("load", () => {
  const suggest = window.URLify;
  if (!suggest) return;
  window.URLify = (text, ...rest) => suggest(text.normalize("NFD").replace(/\p{M}/gu, ""), ...rest);
});
