"""What `make evaluate` measures: adverts, constructed pairs, rules and the readers of pay, occupation and language."""
