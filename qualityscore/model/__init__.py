"""The model: numbers read from a file, evaluated with numpy, explained exactly."""
