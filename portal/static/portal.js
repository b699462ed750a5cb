// Conveniences only: every page works without them.
(function () {
  "use strict";
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }

  var narrow = window.matchMedia("(max-width: 860px)");
  all("details.menu").forEach(function (menu) { if (narrow.matches) menu.removeAttribute("open"); });

  all("[data-theme-switch]").forEach(function (button) {
    button.addEventListener("click", function () {
      var root = document.documentElement;
      var dark = root.getAttribute("data-theme") === "dark" ||
        (!root.hasAttribute("data-theme") && window.matchMedia("(prefers-color-scheme: dark)").matches);
      root.setAttribute("data-theme", dark ? "light" : "dark");
      try { window.localStorage.setItem("theme", dark ? "light" : "dark"); } catch (error) { return; }
      document.dispatchEvent(new Event("themechange"));
    });
  });

  all("[data-back]").forEach(function (link) {
    if (window.history.length > 1) link.addEventListener("click", function (event) {
      event.preventDefault();
      window.history.back();
    });
  });

  document.addEventListener("click", function (event) {
    all("details.pop[open], details.me[open]").forEach(function (open) {
      if (!open.contains(event.target)) open.removeAttribute("open");
    });
  });

  // Pictures: a click or Enter shows them at their own size, again fits them to the frame.
  all("[data-pictures] .frame").forEach(function (frame) {
    function turn() { frame.classList.toggle("full"); }
    frame.addEventListener("click", turn);
    frame.addEventListener("keydown", function (event) { if (event.key === "Enter") turn(); });
  });

  // The list: tick all, count, keys.
  var bulk = document.getElementById("bulk");
  if (bulk) {
    var boxes = all("input[name=case]", bulk);
    var every = bulk.querySelector("[data-all]");
    var count = bulk.querySelector("[data-count]");
    var tell = function () {
      var ticked = boxes.filter(function (box) { return box.checked; }).length;
      if (count) count.textContent = ticked ? "（" + ticked + " 项）" : "";
      if (every) every.checked = ticked > 0 && ticked === boxes.length;
    };
    if (every) every.addEventListener("change", function () {
      boxes.forEach(function (box) { box.checked = every.checked; });
      tell();
    });
    boxes.forEach(function (box) { box.addEventListener("change", tell); });
    tell();
    var rows = all("table[data-list] tbody tr", bulk);
    var at = -1;
    document.addEventListener("keydown", function (event) {
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      var step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
      if (step && rows.length) {
        at = Math.max(0, Math.min(rows.length - 1, at + step));
        rows[at].querySelector("a").focus();
      } else if (event.key === "x" && at >= 0 && boxes[at]) {
        boxes[at].checked = !boxes[at].checked;
        tell();
      }
    });
  }

  // A scan under way: ask again now and then, and show what has changed.
  var live = document.querySelector("[data-live='1']");
  if (live && window.fetch && window.DOMParser) {
    var again = function () {
      window.fetch(window.location.href, { credentials: "same-origin" }).then(function (answer) {
        return answer.text();
      }).then(function (text) {
        var fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-live]");
        if (!fresh) return;
        if (fresh.getAttribute("data-live") !== "1") { window.location.reload(); return; }
        live.replaceChildren.apply(live, Array.prototype.slice.call(document.adoptNode(fresh).childNodes));
        window.setTimeout(again, 4000);
      }, function () { window.setTimeout(again, 15000); });
    };
    window.setTimeout(again, 4000);
  }
})();
