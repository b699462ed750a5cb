(function () {
  var script = document.currentScript, request = new XMLHttpRequest();
  var query = JSON.parse(script.getAttribute("queryData").replace(/'/g, '"'));
  if (document.querySelector("#unit" + query.pageId + " li")) return;
  request.onload = function () {
    var answer = JSON.parse(request.responseText);
    document.getElementById("unit" + query.pageId).innerHTML = answer.data.html;
  };
  request.open("GET", script.getAttribute("url") + "?" + Object.keys(query).map(function (key) {
    return key + "=" + encodeURIComponent(query[key]);
  }).join("&"));
  request.send();
})();
