"""What charts are drawn from, which chart is shown, and its drawing."""
