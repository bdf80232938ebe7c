"use strict";
// The stops are plans that were solved; every figure comes as the text the tables have.
(function () {
  const stops = JSON.parse(document.getElementById("slider-stops").textContent);
  const byId = (id) => document.getElementById(id);
  const input = byId("slider-stop");
  const cells = document.querySelectorAll("[data-route]");
  const bars = document.querySelectorAll("[data-bar]");

  function show() {
    const stop = stops[Number(input.value)];
    byId("slider-money").textContent = stop.money + " (" + stop.label + " of the option’s)";
    byId("slider-unmet").textContent = stop.unmet;
    byId("slider-cost").textContent = stop.cost;
    stop.commissions.forEach(function (pair, place) {
      cells[place].textContent = pair[0];
      bars[place].style.width = 100 * pair[1] + "%";
    });
    input.setAttribute("aria-valuetext", stop.money);
    byId("slider-said").textContent = stop.money + ": " + stop.unmet + " unmet, cost " + stop.cost;
  }

  input.addEventListener("input", show);
  byId("slider-try").hidden = false;
  byId("budget-table").open = false;
  show();
})();
