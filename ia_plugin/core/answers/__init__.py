"""Questions 1 to 6 as tables, sentences and pages, and what each audience may see of them."""
