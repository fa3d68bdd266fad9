"""Our own training: corpora, cleaning, fitting, evaluation. The package never imports it."""
