// planted: include
