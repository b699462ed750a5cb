function jpage(id, settings) {
  var source = document.getElementById("data" + id).textContent;
  var found = source.match(/<record><!\[CDATA\[[\s\S]*?\]\]><\/record>/g) || [];
  var rows = found.map(function (text) { return text.replace(/^<record><!\[CDATA\[/, "").replace(/\]\]><\/record>$/, ""); });
  document.getElementById(id).innerHTML = '<ul class="news">' + rows.slice(0, settings.perPage).join("") + "</ul>";
}
