// Draws a chart from the table that stands below it; without this script the table says it all.
(function () {
  "use strict";
  if (!window.echarts) return;

  function words(cell) { return cell.textContent.replace(/\s+/g, " ").trim(); }
  function colour(name) { return window.getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

  function read(table) {
    var heads = Array.prototype.map.call(table.querySelectorAll("thead th"), words);
    var rows = Array.prototype.map.call(table.querySelectorAll("tbody tr"), function (row) {
      return Array.prototype.map.call(row.children, words);
    });
    return { heads: heads, rows: rows };
  }

  function common() {
    return {
      animation: false,
      textStyle: { color: colour("--ink"), fontFamily: "inherit" },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true },
      color: [colour("--accent"), colour("--bad"), colour("--unsure"), colour("--good")]
    };
  }

  function bar(found) {
    var rows = found.rows.slice(0, 12).reverse();
    var option = common();
    option.grid = { left: 8, right: 40, top: 4, bottom: 4, containLabel: true };
    option.xAxis = { type: "value", show: false };
    option.yAxis = { type: "category", data: rows.map(function (row) { return row[0]; }),
      axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: colour("--ink") } };
    option.series = [{ type: "bar", data: rows.map(function (row) { return Number(row[1]); }),
      barMaxWidth: 16, label: { show: true, position: "right", color: colour("--ink") } }];
    return option;
  }

  function line(found) {
    var option = common();
    option.color = [colour("--bad"), colour("--unsure"), colour("--good")];
    option.grid = { left: 8, right: 16, top: 32, bottom: 4, containLabel: true };
    option.legend = { top: 0, textStyle: { color: colour("--ink") } };
    option.xAxis = { type: "category", data: found.rows.map(function (row) { return row[0]; }),
      axisLabel: { color: colour("--dim") } };
    option.yAxis = { type: "value", axisLabel: { color: colour("--dim") },
      splitLine: { lineStyle: { color: colour("--rule") } } };
    option.series = found.heads.slice(1).map(function (name, number) {
      return { type: "line", name: name, data: found.rows.map(function (row) { return Number(row[number + 1]); }) };
    });
    return option;
  }

  function draw() {
    document.querySelectorAll("figure[data-chart]").forEach(function (figure) {
      var table = document.getElementById(figure.getAttribute("data-table"));
      if (!table) return;
      var found = read(table);
      figure.classList.add("drawn");
      if (figure.getAttribute("data-chart") === "bar") figure.classList.add(found.rows.length > 6 ? "tall" : "low");
      var chart = window.echarts.getInstanceByDom(figure) || window.echarts.init(figure);
      chart.setOption(figure.getAttribute("data-chart") === "bar" ? bar(found) : line(found), true);
    });
  }

  draw();
  document.addEventListener("themechange", draw);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  window.addEventListener("resize", function () {
    document.querySelectorAll("figure.drawn").forEach(function (figure) {
      var chart = window.echarts.getInstanceByDom(figure);
      if (chart) chart.resize();
    });
  });
})();
