# ruff: noqa: E501 - a row of a table stays on one line
"""Small, odd and sound bodies of evidence, each with an option: none of them should be queried."""

from __future__ import annotations

from collections.abc import Mapping

SETTINGS = "title: {}\nfirst_year: 2026\nlast_year: 2030\nrun_out_years: 3\ndiscount_rate: 0.035\nprice_year: 2026\n"

TWO_ROLES: Mapping[str, str] = {
    "settings": SETTINGS.format("One practice"),
    "roles": "role,title,leaver_rate\ngp,General practitioner,0.07\nnurse,Practice nurse,0.12\n",
    "staff_in_post": "role,fte\ngp,4.2\nnurse,3.1\n",
    "routes": (
        "route,title,kind,from_role,to_role,years,completion,non_completers\n"
        "vts,GP training,training,,gp,3,0.95,\nhire,Hiring,recruitment,,nurse,0,1,\n"
    ),
    "past_starts": "route,year,starts\nvts,2023,0\nvts,2024,1\nvts,2025,0\nhire,2025,1\n",
    "tasks": "task,title,unit,service\nconsult,Consultations,consultations,Care\nlong_term,Reviews,reviews,Care\n",
    "demand": "task,year,volume,growth\nconsult,2025,26000,0.01\nlong_term,2025,3800,0.02\n",
    "productivity": (
        "role,task,units_per_fte,current_share\ngp,consult,5600,0.8\nnurse,consult,4100,0.2\nnurse,long_term,2600,1\n"
    ),
    "costs": (
        "item,line,per,amount,budget\ngp,pay,fte-year,135000,pay\nnurse,pay,fte-year,48000,pay\n"
        "vts,training,trainee-year,31000,training\nhire,recruitment,start,900,recruitment\n"
    ),
    "option": "title: As now\nbudgets:\n  - {budget: pay, limit: 780e3}\ntraining_capacity:\n  - {route: vts, places: 1}\n",
}

FACTORY: Mapping[str, str] = {
    "settings": "title: Mill, thousands of pounds\nfirst_year: 1\nlast_year: 4\ndiscount_rate: 0\n",
    "roles": "role,title,leaver_rate\nhand,Hands,0.25\nfitter,Fitters,0.1\nforeman,Foremen,0.05\n",
    "staff_in_post": "role,fte\nhand,60\nfitter,22\nforeman,4\n",
    "routes": (
        "route,title,kind,from_role,to_role,years,completion,non_completers\n"
        "hire_hand,Hire hands,hiring,,hand,0,0.8,\nhire_fitter,Hire fitters,hiring,,fitter,0,0.9,\n"
        "teach,Teach a hand,retraining,hand,fitter,0,0.9,leave\nmake,Make a foreman,promotion,fitter,foreman,0,1,return\n"
        "off,Lay off,exit,hand,,0,1,leave\n"
    ),
    "tasks": "task,title,unit\nrough,Rough work,shifts\nfine,Fine work,shifts\nwatch,Watching,shifts\n",
    "demand": "task,year,volume\nrough,1,12000\nrough,2,9000\nrough,3,5000\nfine,1,5000\nfine,3,8000\nwatch,1,800\n",
    "productivity": "role,task,units_per_fte\nhand,rough,220\nfitter,fine,220\nfitter,rough,220\nforeman,watch,220\n",
    "patterns": "pattern,title,role,extra_fte\nshort,Short time,hand,-0.5\n",
    "costs": (
        "item,line,per,amount,budget\nhand,wages,fte-year,28,works\nfitter,wages,fte-year,41,works\n"
        "foreman,wages,fte-year,52,works\nteach,teaching,start,0.4,works\noff,redundancy,start,2,works\n"
        "short,wages,pattern-fte-year,0.5,works\nhand,overmanning,idle-fte-year,1.5,works\n"
    ),
    "option": "title: Least cost\ndemand: {unmet: forbidden}\npriorities: [cost]\n",
}

ISLANDS: Mapping[str, str] = {
    "settings": "title: Three places\nfirst_year: 2026/27\nlast_year: 2029\nrun_out_years: 4\ndiscount_rate: 3.5%\n",
    "areas": "area,title,region\ncity,The city,Main\ncounty,The county,Main\nisles,The isles,Isles\n",
    "roles": (
        "role,title,staff_group,new_role,leaver_rate\nmidwife,Midwives,Midwifery,no,0.06\n"
        "support,Support workers,Support,no,0.11\nconsultant,Consultants,Medical,no,0.03\nlead,Lead midwives,Midwifery,yes,0.05\n"
    ),
    "staff_in_post": (
        "area,role,fte\ncity,midwife,820\ncity,support,260\ncity,consultant,95\ncity,lead,4\ncounty,midwife,190\n"
        "county,support,75\ncounty,consultant,18\ncounty,lead,0\nisles,midwife,9.5\nisles,support,2\n"
        "isles,consultant,0\nisles,lead,0\n"
    ),
    "routes": (
        "route,title,kind,from_role,to_role,years,completion,fill_rate,non_completers\n"
        "degree,Degree,degree,,midwife,3,0.85,0.95,\nshort,Shortened course,degree,support,midwife,2,0.9,1,return\n"
        "step,Step up,promotion,midwife,lead,1,0.95,1,return\njoin,Joining,recruitment,,support,0,1,1,\nappoint,Appointments,recruitment,,consultant,0,1,0.8,\n"
    ),
    "past_starts": (
        "route,area,year,starts\ndegree,city,2023,70\ndegree,city,2024,72\ndegree,city,2025,75\n"
        "degree,county,2023,16\ndegree,county,2024,15\ndegree,county,2025,18\n"
    ),
    "destinations": "route,area,to_area,share\ndegree,city,city,0.9\ndegree,city,county,0.08\ndegree,city,isles,0.02\n",
    "tasks": "task,title,unit,service\nbirth,Births,births,Maternity\nclinic,Clinics,visits,Maternity\nsection,Sections,operations,Obstetrics\n",
    "demand": (
        "area,task,year,volume,growth\ncity,birth,2025,21000,-0.01\ncounty,birth,2025,4700,-0.01\nisles,birth,2025,190,\n"
        "city,section,2025,7200,0.02\ncounty,section,2025,1500,0.02\n"
    ),
    "patients": "area,group,year,number\ncity,booked,2025,22000\ncounty,booked,2025,5000\nisles,booked,2025,230\n",
    "care": "group,task,units_per_patient\nbooked,clinic,9\n",
    "productivity": (
        "role,task,units_per_fte,current_share\nmidwife,birth,31,1\nmidwife,clinic,900,0.8\nsupport,clinic,800,0.2\n"
        "consultant,section,90,1\nlead,clinic,700,\n"
    ),
    "costs": (
        "item,line,per,amount,budget\nmidwife,pay,fte-year,52000,pay\nsupport,pay,fte-year,31000,pay\n"
        "consultant,pay,fte-year,160000,pay\nlead,pay,fte-year,66000,pay\ndegree,training,trainee-year,11000,training\n"
        "short,training,trainee-year,14000,training\nstep,training,start,6000,training\njoin,hiring,start,500,pay\nappoint,hiring,start,3000,pay\n"
    ),
    "option": (
        "title: Settled\nbudgets:\n  - {budget: training, limit: {2026: 2.8e6, 2029: 3.4e6}, carry_forward: 5%}\n"
        "training_capacity:\n  - {route: degree, places: {ramp: {2026: 110, 2030: 150}}}\n"
        "  - {route: [short, step], places: 12}\nadoption:\n  - {role: lead, max_growth: 0.5, seed: 2}\n"
    ),
}

NEW_SERVICE: Mapping[str, str] = {
    "settings": SETTINGS.format("A service that begins") + "currency: EUR\n",
    "roles": "role,title,new_role,leaver_rate,available_share\ncoach,Health coaches,yes,0.15,0.8\npharmacist,Pharmacists,no,0.08,0.3\n",
    "staff_in_post": "role,fte\ncoach,0\npharmacist,14\n",
    "routes": (
        "route,title,kind,from_role,to_role,years,completion,non_completers,supervisor_role,supervisor_fte\n"
        "course,Coaching course,training,,coach,1,0.8,,pharmacist,0.05\nhire,Pharmacists hired,recruitment,,pharmacist,0,1,,,\n"
    ),
    "tasks": "task,title,unit,service,priority,returns\ncoaching,Coaching,hours,Prevention,1,0.3\nreview,Reviews,reviews,Medicines,3,0\n",
    "demand": "task,year,volume,growth\ncoaching,2026,4000,0.15\ncoaching,2028,,0.05\nreview,2024,9000,0.03\n",
    "productivity": "role,task,units_per_fte\ncoach,coaching,900\npharmacist,review,2100\n",
    "costs": (
        'item,line,per,amount,budget\ncoach,pay,fte-year,"€34,000",staff\npharmacist,pay,fte-year,€58k,staff\n'
        "course,fees,start,4500,staff\nhire,fees,start,2500,staff\ncoaching,contract,outsourced-unit,55,contract\n"
    ),
    "scenarios": "scenario,table,item,task,area,year,multiplier\nslow,demand,coaching,,,2030,0.6\nslow,leaver_rate,,,,2030,1.5\n",
    "option": (
        "title: Beginning\nbudgets:\n  - {budget: staff, limit: 1.6e6}\n  - {budget: contract, total: 300e3}\n"
        "outsourcing:\n  - {task: coaching, max_share: 0.6}\nservice_levels:\n  - {task: review, at_least: 0.9, from: 2028}\n"
    ),
}

BANDS: Mapping[str, str] = {
    "settings": SETTINGS.format("A ladder").replace("run_out_years: 3", "run_out_years: 5"),
    "roles": (
        "role,title,staff_group,leaver_rate\nband5,Nurses band 5,Nursing,0.12\nband6,Nurses band 6,Nursing,0.08\n"
        "band7,Nurses band 7,Nursing,0.05\nhca,Care assistants,Support,0.2\n"
    ),
    "staff_in_post": "role,fte\nband5,310\nband6,150\nband7,40\nhca,280\n",
    "routes": (
        "route,title,kind,from_role,to_role,years,completion,non_completers,study_release,trainee_work\n"
        "degree,Degree,training,,band5,3,0.82,,,\napprentice,Apprenticeship,apprenticeship,hca,band5,4,0.75,return,0.4,0.3\n"
        "up6,To band 6,promotion,band5,band6,0,1,return,,\nup7,To band 7,promotion,band6,band7,0,1,return,,\n"
        "abroad,From abroad,international,,band5,0,0.95,,,\nhca_in,Care assistants,recruitment,,hca,0,1,,,\n"
        "keep,Retention,retention,,band5,0,1,,,\n"
    ),
    "past_starts": (
        "route,year,starts\ndegree,2023,45\ndegree,2024,48\ndegree,2025,44\napprentice,2022,6\napprentice,2023,9\n"
        "apprentice,2024,0\napprentice,2025,14\nabroad,2025,60\nhca_in,2025,70\nup6,2025,20\nup7,2025,5\nkeep,2025,4\n"
    ),
    "leavers": "role,year,leaver_rate\nband7,2027,0.11\nband7,2028,0.1\nhca,2040,0.15\n",
    "tasks": "task,title,unit,service\nward,Ward care,hours,Wards\nlead,Leading,hours,Wards\n",
    "demand": "task,year,volume,growth\nward,2020,900000,0.015\nlead,2020,58000,0.01\nlead,2029,70000,\nward,2045,1300000,\n",
    "productivity": (
        "role,task,units_per_fte,growth,current_share\nband5,ward,1550,0,0.45\nband6,ward,1400,,0.2\nhca,ward,1500,,0.35\n"
        "band7,lead,1500,0.005,1\n"
    ),
    "patterns": "pattern,title,role,extra_fte\nbank,Bank shifts,band5,0.1\n",
    "costs": (
        "item,line,per,amount,budget,growth\nband5,pay,fte-year,44000,pay,0.01\nband6,pay,fte-year,53000,pay,0.01\n"
        "band7,pay,fte-year,62000,pay,0.01\nhca,pay,fte-year,31000,pay,0.01\ndegree,tuition,trainee-year,9000,training,\n"
        "apprentice,levy,trainee-year,7000,training,\nabroad,agency,start,12000,recruitment,\n"
        "hca_in,agency,start,600,recruitment,\nkeep,offers,start,4000,recruitment,\nbank,pay,pattern-fte-year,6500,pay,\n"
        "band5,turnover,leaver,3000,pay,\n"
    ),
    "option": (
        "title: Flat\nbudgets:\n  - {budget: training, limit: 1.7e6}\n  - {budget: recruitment, limit: 0.9e6}\n"
        "training_capacity:\n  - {route: degree, places: 60}\n  - {route: apprentice, places: 20}\n"
        "  - {route: keep, places: {ramp: {2026: 6, 2030: 15}}}\nskill_mix:\n"
        "  - {task: ward, role: hca, max_share: 0.4, max_increase: 0.02}\nlimits:\n"
        "  - {name: some on the bank, quantity: pattern, at_most: 0.3, of: {quantity: staff}, each: [role, year]}\n"
        "  - {name: few promotions, quantity: starts, where: {kind: promotion}, at_most: 40}\n"
    ),
}

GOOD: Mapping[str, Mapping[str, str]] = {
    "two roles": TWO_ROLES, "factory": FACTORY, "islands": ISLANDS, "new service": NEW_SERVICE, "bands": BANDS,
}  # fmt: skip
