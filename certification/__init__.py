"""What can be proven: CertificateDesign, Certificate, its file and its public check."""
