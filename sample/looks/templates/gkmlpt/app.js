(function () {
  var config = window._CONFIG, request = new XMLHttpRequest();
  function two(n) { return n < 10 ? "0" + n : "" + n; }
  request.onload = function () {
    var answer = JSON.parse(request.responseText), list = document.createElement("ul");
    list.className = "news";
    answer.articles.forEach(function (post) {
      var day = new Date(post.date * 1000), row = document.createElement("li");
      var link = document.createElement("a"), when = document.createElement("span");
      link.href = post.url;
      link.target = "_blank";
      link.textContent = post.title;
      when.className = "date";
      when.textContent = day.getFullYear() + "-" + two(day.getMonth() + 1) + "-" + two(day.getDate());
      row.appendChild(link);
      row.appendChild(when);
      list.appendChild(row);
    });
    document.getElementById("app").appendChild(list);
  };
  request.open("GET", "/gkmlpt/api/all/" + config.COLUMN_ID + "?page=1&sid=" + config.SID);
  request.send();
})();
