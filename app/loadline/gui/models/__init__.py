"""What the tables and charts show, without a widget: models, their order and their words."""
