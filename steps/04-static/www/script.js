document.title = "WOW";
