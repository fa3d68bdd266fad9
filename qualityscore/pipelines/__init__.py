"""The score inside the engines that crawl and filter."""
