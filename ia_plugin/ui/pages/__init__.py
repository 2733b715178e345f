"""The pages below the filter bar: figures, charts, and what is behind them."""
