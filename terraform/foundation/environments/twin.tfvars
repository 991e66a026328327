environment = "twin"
