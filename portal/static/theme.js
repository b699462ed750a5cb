// Before the first paint: the theme that was chosen, if any.
(function () {
  "use strict";
  try {
    var chosen = window.localStorage.getItem("theme");
    if (chosen === "dark" || chosen === "light") document.documentElement.setAttribute("data-theme", chosen);
  } catch (error) { /* storage is switched off: the system's theme holds */ }
})();
