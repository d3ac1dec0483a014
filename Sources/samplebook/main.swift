print("samplebook")
