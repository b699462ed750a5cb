function createPageHTML(count, current, name, ext) {
  if (count <= 1) { return; }
  for (var i = 0; i < count; i++) {
    var url = (i === 0 ? name : name + "_" + i) + "." + ext;
    document.write(i === current ? "<span>" + (i + 1) + "</span> " : '<a href="' + url + '">' + (i + 1) + "</a> ");
  }
}
function doZoom(size) { document.querySelector(".content").style.fontSize = size + "px"; }
