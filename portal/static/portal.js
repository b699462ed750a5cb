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

  // On a phone each row of a wide table becomes a card: its cells bear the heads of their columns.
  function label(root) {
    all(".wide > table:not(.list):not(.calendar)", root).forEach(function (table) {
      var heads = all("thead tr:first-child th", table).map(function (head) { return head.textContent.trim(); });
      if (!heads.length || table.tHead.rows.length > 1 || all("thead", table).length > 1) return;
      table.classList.add("stack");
      all("tbody tr", table).forEach(function (row) {
        all("th, td", row).forEach(function (cell, number) {
          if (cell.tagName === "TD" && heads[number]) cell.setAttribute("data-label", heads[number]);
          if (!cell.textContent.trim() && !cell.children.length) cell.classList.add("void");
        });
      });
    });
  }
  label();

  // A fault of the registry names its line: a click goes there.
  all("[data-line]").forEach(function (link) {
    var text = document.querySelector("textarea[name=text]");
    if (!text) return;
    link.addEventListener("click", function (event) {
      event.preventDefault();
      var lines = text.value.split("\n");
      var number = Math.max(1, Math.min(lines.length, Number(link.getAttribute("data-line"))));
      var from = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
      text.focus();
      text.setSelectionRange(from, from + lines[number - 1].length);
      text.scrollTop = text.scrollHeight * (number - 4) / lines.length;
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
      var bar = bulk.querySelector("[data-bulk]");
      if (bar) bar.classList.toggle("idle", ticked === 0);
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
        while (live.firstChild) live.removeChild(live.firstChild);
        while (fresh.firstChild) live.appendChild(document.adoptNode(fresh.firstChild));
        label(live);
        window.setTimeout(again, 4000);
      }, function () { window.setTimeout(again, 15000); });
    };
    window.setTimeout(again, 4000);
  }
})();
