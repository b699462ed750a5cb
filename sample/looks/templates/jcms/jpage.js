function jpage(id, settings) {
  var source = document.getElementById("data" + id).textContent;
  function show(text) {
    var found = text.match(/<record><!\[CDATA\[[\s\S]*?\]\]><\/record>/g) || [];
    var rows = found.map(function (one) { return one.replace(/^<record><!\[CDATA\[/, "").replace(/\]\]><\/record>$/, ""); });
    document.getElementById(id).innerHTML = '<ul class="news">' + rows.slice(0, settings.perPage).join("") + "</ul>";
    return rows.length;
  }
  if (show(source) || !settings.proxyUrl) return;
  var request = new XMLHttpRequest(), form = settings.ajaxParam;
  request.onload = function () { show(request.responseText); };
  request.open("POST", settings.proxyUrl + "?startrecord=1&endrecord=" + settings.perPage + "&perpage=" + settings.perPage);
  request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
  request.send(Object.keys(form).map(function (key) { return key + "=" + encodeURIComponent(form[key]); }).join("&"));
}
